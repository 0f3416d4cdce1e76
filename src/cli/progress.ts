// Progress on stderr: repainted in place on a terminal, a line every few seconds elsewhere, silent for short work.

export interface Progress {
  /** Call as often as convenient; `done` of `total`. */
  update(done: number, note: string): void;
  /** Clears the line of a terminal. */
  end(): void;
}

const TERMINAL_INTERVAL_MS = 200;
const LOG_INTERVAL_MS = 5000;

/** Progress towards `total` steps, with the time left estimated from the time so far. */
export function createProgress(label: string, total: number): Progress {
  const isTerminal = process.stderr.isTTY === true;
  const interval = isTerminal ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS;
  const startedAt = performance.now();
  let lastAt = startedAt;
  return {
    update(done, note) {
      const now = performance.now();
      if (now - lastAt < interval) return;
      lastAt = now;
      const rate = done / (now - startedAt);
      const left = rate > 0 ? `${formatDuration((total - done) / rate)} left` : '';
      const line = `${label} ${done}/${total}  ${(rate * 1000).toFixed(1)}/s  ${left}  ${note}`;
      process.stderr.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
    },
    end() {
      if (isTerminal) process.stderr.write('\r\u001b[K');
    },
  };
}

function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
