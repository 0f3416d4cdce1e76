// A buffer strategy's name with the marker of its agent in the Reaching lab; never colour alone.
import { themeOf } from '../charts/palette.ts';
import { STRATEGIES } from '../experiment/experiment.ts';
import { useTheme } from './use-theme.ts';

export function StrategyName({ id, label }: { readonly id: string; readonly label: string }) {
  const { agents } = themeOf(useTheme());
  const strategy = STRATEGIES.find((candidate) => candidate === id);
  if (strategy === undefined) return <span>{label}</span>;
  const style = agents[strategy];
  return (
    <span className="algorithm-name" style={{ color: style.text }}>
      <span aria-hidden="true">{style.glyph}</span> {label}
    </span>
  );
}
