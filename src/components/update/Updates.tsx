// The watch for newer versions and the place of its word; fetched after the page, which works without.
import { useState } from 'react';
import { watchUpdates } from '../../state/update-browser.ts';
import { UpdateRegion } from './UpdateRegion.tsx';

export function Updates() {
  const [updates] = useState(watchUpdates);
  return <UpdateRegion updates={updates} />;
}
