/** Two soft notes every three seconds; returns what ends them. Silent where the browser wants a gesture first. */
export function ringTone(): () => void {
  if (typeof AudioContext === "undefined") return () => {};
  const audio = new AudioContext();
  const play = () => {
    if (audio.state !== "running") return;
    for (const [pitch, at] of [[659, 0], [880, 0.22]] as const) {
      const note = audio.createOscillator();
      const volume = audio.createGain();
      const begin = audio.currentTime + at;
      note.frequency.value = pitch;
      volume.gain.setValueAtTime(0, begin);
      volume.gain.linearRampToValueAtTime(0.12, begin + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.5);
      note.connect(volume).connect(audio.destination);
      note.start(begin);
      note.stop(begin + 0.5);
    }
  };
  play();
  const timer = setInterval(play, 3_000);
  return () => {
    clearInterval(timer);
    void audio.close();
  };
}
