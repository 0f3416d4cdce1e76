// Points that are drawn on the stage: how many there are, the same as numbers, and a way to be rid of them all.
import type { PointsField } from '../../experiment/field-types.ts';
import { settingValue } from '../../experiment/settings.ts';
import { ACCESSIBILITY_WORDS as words } from '../../words/accessibility.ts';
import { controlWords } from '../../words/controls.ts';
import { useCurrent } from '../stores-context.ts';
import { useEditContext } from './edit-context.ts';
import { PointsPopover } from './PointsPopover.tsx';

export function PointsControl({ name, field }: { readonly name: string; readonly field: PointsField }) {
  const value = useCurrent((state) => settingValue(state.experiment, name));
  const { edit } = useEditContext();
  const flat: readonly number[] = Array.isArray(value) ? value : [];
  const count = flat.length / 2;
  const points = Array.from({ length: count }, (_, i) => ({ x: flat[2 * i]!, y: flat[2 * i + 1]! }));
  const set = (next: readonly { readonly x: number; readonly y: number }[]) =>
    edit(
      name,
      next.flatMap(({ x, y }) => [x, y]).map((each) => Number(each.toFixed(field.decimals))),
      null,
    );
  return (
    <p className="points">
      <span className="number">{count}</span> {controlWords.ofAtMost(field.maxPoints)}{' '}
      <PointsPopover
        name={words.paintedTasks}
        className="small"
        label={words.numbers}
        table={() => ({
          points,
          limits: { x: [field.min, field.max], y: [field.min, field.max] },
          least: 0,
          most: field.maxPoints,
          onMove: (index, to) => set(points.map((point, i) => (i === index ? to : point))),
          onRemove: (index) => set(points.filter((_, i) => i !== index)),
          onAdd: () => set([...points, { x: 0, y: 0 }]),
        })}
      />
      <button type="button" className="plain small" onClick={() => edit(name, [], null)}>
        {controlWords.removeAll}
      </button>
    </p>
  );
}
