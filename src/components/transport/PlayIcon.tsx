// A triangle, or two bars: play and pause in the size of the small transport buttons.
export function PlayIcon({ playing }: { readonly playing: boolean }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" fill="currentColor" aria-hidden="true">
      {playing ? <path d="M1.5 1h2.5v8H1.5zM6 1h2.5v8H6z" /> : <path d="M1.5 0.8 9 5 1.5 9.2z" />}
    </svg>
  );
}
