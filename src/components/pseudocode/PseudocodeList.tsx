// Lines of pseudocode with their numbers, the running one lit, live values at the right. Knows no algorithm.
import { type CSSProperties, lazy, Suspense } from 'react';
import { formatValue, groupThousands } from '../../charts/scales.ts';

/** Plain text until it is fetched, so that a lab need not wait for it. */
const MathsLine = lazy(async () => ({ default: (await import('../reading/MathsLine.tsx')).MathsLine }));

export interface ListedLine {
  readonly text: string;
  /** Levels of indentation. */
  readonly indent: number;
  /** `means`: the symbol that explains it, where what is printed has words in it. */
  readonly value?: { readonly key: string; readonly symbol: string; readonly means?: string };
}

interface PseudocodeListProps {
  readonly lines: readonly ListedLine[];
  /** Index of the running line; −1: none. */
  readonly lit: number;
  readonly values: Readonly<Record<string, number | undefined>>;
  /** Room is kept for so many lines, so that choosing another algorithm moves nothing. */
  readonly rows: number;
}

/** Counts as they are, everything else to three figures. */
function valueText(value: number | undefined): string {
  if (value === undefined) return '–';
  return Number.isInteger(value) ? groupThousands(value) : formatValue(value);
}

export function PseudocodeList({ lines, lit, values, rows }: PseudocodeListProps) {
  return (
    <ol style={{ '--rows': rows } as CSSProperties} data-symbol-group="">
      {lines.map((line, i) => (
        <li
          key={line.text}
          className={i === lit ? 'lit' : undefined}
          aria-current={i === lit ? 'step' : undefined}
        >
          <span className="line-number" aria-hidden="true">
            {i === lit ? '▸' : i + 1}
          </span>
          <code style={{ '--indent': line.indent } as CSSProperties}>
            <Suspense fallback={line.text}>
              <MathsLine text={line.text} entersHere={i === 0} />
            </Suspense>
          </code>
          <span className="line-value number">
            {line.value === undefined ? null : (
              <>
                <span data-symbol={`value:${line.value.means ?? line.value.symbol}`}>
                  {line.value.symbol}
                </span>
                {` = ${valueText(values[line.value.key])}`}
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
