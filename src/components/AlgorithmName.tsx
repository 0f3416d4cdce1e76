// An algorithm's marker and name in its own text colour; never colour alone.
import { themeOf } from '../charts/palette.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import { useTheme } from './use-theme.ts';

export function AlgorithmName({ id }: { readonly id: AlgorithmId }) {
  const style = themeOf(useTheme()).algorithms[id];
  return (
    <span className="algorithm-name" style={{ color: style.text }}>
      <span aria-hidden="true">{style.glyph}</span> {style.label}
    </span>
  );
}
