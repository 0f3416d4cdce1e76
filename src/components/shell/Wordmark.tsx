// The name of the program with its glyph: one initialisation, a few tasks around it.
const SPOKES = [
  [4, 6],
  [20, 4.5],
  [18.5, 17],
  [6.5, 20],
] as const;

export function Wordmark() {
  return (
    <h1 className="wordmark">
      <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
        {SPOKES.map(([x, y]) => (
          <g key={`${x},${y}`} stroke="currentColor" fill="currentColor">
            <line x1="11.5" y1="11.5" x2={x} y2={y} strokeWidth="1.5" />
            <circle cx={x} cy={y} r="1.4" stroke="none" />
          </g>
        ))}
        <circle cx="11.5" cy="11.5" r="3.6" fill="currentColor" />
      </svg>
      <span>metascope</span>
    </h1>
  );
}
