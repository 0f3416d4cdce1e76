// The page's keys, fetched after the first paint: until then nobody has pressed one. Renders nothing.
import { usePageKeys } from './use-page-keys.ts';

export function PageKeys() {
  usePageKeys();
  return null;
}
