// Points of the stage as numbers, to be typed: what dragging them does, without a pointer.
import { ACCESSIBILITY_WORDS as words } from '../../words/accessibility.ts';
import { NumberInput } from './NumberInput.tsx';
import './point-table.css';

export interface PlanePoint {
  readonly x: number;
  readonly y: number;
}

interface PointTableProps {
  readonly points: readonly PlanePoint[];
  readonly limits: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
  /** So many stay: without the last support point there is nothing to adapt on. */
  readonly least: number;
  readonly most: number;
  onMove(index: number, to: PlanePoint): void;
  onRemove(index: number): void;
  onAdd(): void;
}

const STEP = 0.1;

export function PointTable(props: PointTableProps) {
  const { points, limits, onMove } = props;
  const coordinate = (index: number, axis: 'x' | 'y') => {
    const [min, max] = limits[axis];
    const value = points[index]![axis];
    return (
      <td>
        <NumberInput
          name={words.coordinate(axis, index)}
          value={value}
          min={min}
          max={max}
          digits={2}
          nudge={(from, direction) => from + direction * STEP}
          onCommit={(typed) => {
            const next = Number.isFinite(typed) ? Math.min(max, Math.max(min, typed)) : value;
            onMove(index, { ...points[index]!, [axis]: next });
          }}
        />
      </td>
    );
  };
  return (
    <div className="point-table">
      {points.length === 0 ? <p>{words.noPoints}</p> : null}
      <table className="number">
        <thead className={points.length === 0 ? 'visually-hidden' : undefined}>
          <tr>
            {['#', 'x', 'y', ''].map((heading) => (
              <td key={heading}>{heading}</td>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((_, index) => (
            <tr key={index}>
              <td>{index + 1}</td>
              {coordinate(index, 'x')}
              {coordinate(index, 'y')}
              <td>
                <button
                  type="button"
                  className="plain"
                  aria-label={words.removePoint(index)}
                  disabled={points.length <= props.least}
                  onClick={() => props.onRemove(index)}
                >
                  {words.remove}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" disabled={points.length >= props.most} onClick={props.onAdd}>
        {words.addPoint}
      </button>
    </div>
  );
}
