/** Path of a Lucide icon (ISC licence); alone, since the list of threads needs no other. */
export const BELL_DOT =
  "M10.268 21a2 2 0 0 0 3.464 0M13.916 2.314A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.74 7.327A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673 9 9 0 0 1-.585-.665M21 6a3 3 0 1 1-6 0 3 3 0 0 1 6 0z";
