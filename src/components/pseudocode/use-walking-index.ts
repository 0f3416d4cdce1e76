// An index that walks 0 … count − 1 twice a second while `walking`; the last one with reduced motion or at rest.
import { useEffect, useState } from 'react';
import { useMediaQuery } from '../use-media-query.ts';

const STEP_MS = 500;

export function useWalkingIndex(walking: boolean, count: number): number {
  const reduced = useMediaQuery('(prefers-reduced-motion: reduce)');
  const [tick, setTick] = useState(0);
  const moves = walking && !reduced;
  useEffect(() => {
    if (!moves) return;
    const timer = setInterval(() => setTick((last) => last + 1), STEP_MS);
    return () => clearInterval(timer);
  }, [moves]);
  if (count === 0) return 0;
  return moves ? tick % count : count - 1;
}
