/** Names from many places; people of the demo cast are not among them, so that their handles stay theirs. */
export const FIRST = [
  ..."Abeni Adaeze Ahmet Aino Alejandro Alma Amara Amina Anders Anika Anouk Arjun Astrid Ayesha Bao Beatriz Bilal Bruna Caleb Camila Carlo Cassia Chiara Chinwe Clara Dalia Daniela Daria Davor Deniz Dmitri Dora Ebba Eero Eitan Elif Emeka Emil Enzo Esra Esteban Eva Farah Fatou Felix Fumiko Gabor Gita Goran Greta Hana Hassan Helmi Hugo Ibrahim Ida Ikram Ilse Imani Ingrid Isaac Ivana Jaap Jadwiga Jamila Jana Javier Jelena Jin Joana Kaito Kamala Karim Katarzyna Keiko Kenji Khadija Klara Kwame Lars Laszlo Layla Lena Liam Linh Lior Luca Lucia Maja Malik Manon Mariam Mateo Mei Mikko Milan Mina Minh Mirela Nadia Naoki Nasrin Neha Nikolai Nilufer Noam Nuno Olga Oona Oskar Paola Pavel Petra Pilar Rafael Rania Reza Rosa Ruth Sana Sanjay Selma Sena Sofia Stefan Sunniva Tadeo Tariq Tove Ursula Uzma Valeria Vera Viktor Wanjiru Wei Yara Yasmin Youssef Zainab Zofia"
    .split(" "),
];

export const LAST = [
  ..."Abebe Achebe Adeyemi Aguirre Ahlberg Ali Almeida Andersen Antonov Araujo Aydin Babic Bakker Baptiste Barros Bauer Becker Bello Bergman Bianchi Bjork Boateng Bose Braun Brennan Cabrera Campos Castillo Chandra Chen Cisse Costa Cruz Dahl Danso Das Delgado Demir Diallo Dimitrov Dube Dupont Egede Eriksen Esposito Fall Fernandes Fischer Fonseca Fujita Garcia Gashi Ghosh Gomez Gupta Haas Halonen Hansen Hashimoto Hassan Heikkinen Herrera Hoang Horvat Hughes Ibarra Ilic Inoue Ivanov Jansen Jensen Joshi Juarez Kaplan Karlsson Kaur Kaya Keita Khan Kim Kipchoge Kovac Kowalczyk Kumar Laine Lam Larsen Leclerc Lehmann Lima Lind Lopez Lund Mahlangu Malik Marek Marino Mbeki Mehta Mendes Meyer Moreau Moreno Mwangi Nakamura Navarro Ndiaye Nel Nguyen Nielsen Nkosi Noor Novotny Nowak Obi Okeke Oliveira Olsen Ortiz Osei Ozturk Pak Papadopoulos Park Patel Pereira Petrov Pham Popescu Quiroga Rahman Rao Reis Rossi Ruiz Sahin Saito Salazar Santos Sato Schmidt Sharma Silva Singh Soto Suzuki Svensson Takahashi Toure Tran Uchida Vargas Varga Vieira Vogel Wagner Walker Watanabe Weber Wong Yamada Yildiz Yilmaz Zhang Zimmermann"
    .split(" "),
];

/** IANA name and hours that it is ahead of UTC, in winter. */
export const ZONES = [
  ["Europe/Berlin", 1],
  ["Europe/Lisbon", 0],
  ["Europe/Helsinki", 2],
  ["Europe/London", 0],
  ["Africa/Lagos", 1],
  ["Africa/Nairobi", 3],
  ["Europe/Istanbul", 3],
  ["Asia/Kolkata", 5.5],
  ["Asia/Ho_Chi_Minh", 7],
  ["Asia/Tokyo", 9],
  ["America/Sao_Paulo", -3],
  ["America/New_York", -5],
  ["America/Mexico_City", -6],
] as const;

/** For whom bounties are: the slots of their titles. */
export const PLACES = [
  "the harbour ferry",
  "a school library",
  "the city archive",
  "a bakery with four shops",
  "the bicycle co-op",
  "a village bank",
  "the night bus",
  "a seed exchange",
  "the open-air cinema",
  "a mountain rescue team",
  "the food bank",
  "a housing co-operative",
  "the repair café",
  "a small museum",
  "the tenants' association",
  "a wind farm",
  "the youth orchestra",
  "a veterinary clinic",
  "the tram workshop",
  "a print shop",
  "the weather station",
  "a language school",
  "the swimming pool",
  "a beekeepers' union",
  "the volunteer fire brigade",
  "a puppet theatre",
  "the farmers' market",
  "a hostel by the lake",
  "the community radio",
  "a tool library",
];

/** A first word and a second one make a guild's name. */
export const GUILD_FIRST =
  "Amber Copper Quiet Harbour Granite Willow Cobalt Meadow Iron Juniper Paper Saffron Slate River Cedar Nimbus Ember Orchard Polar Velvet Marble Thistle Linen Falcon Basalt Clover Delta Heron Indigo Maple"
    .split(" ");
export const GUILD_SECOND =
  "Works Collective Foundry House Bureau Yard Circle Studio Union Guild Assembly Press Lab Exchange Crew Bench Loft Mill"
    .split(" ");
