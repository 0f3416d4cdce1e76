// Whether the run on the screen has got as far as a story's step waits for.
import { useStore } from 'zustand';
import { useCurrent, useStores } from '../stores-context.ts';

/** null: nothing is waited for, and so nothing is reached. */
export function useReached(iteration: number | null): boolean {
  const { run, reaching, navigation, cheetah } = useStores();
  const lab = useCurrent((state) => state.experiment.lab);
  const supervised = useStore(run, (state) => state.iteration);
  const played = useStore(reaching, (state) => state.iteration);
  const navigated = useStore(navigation.run, (state) => state.iteration);
  const ran = useStore(cheetah.run, (state) => state.iteration);
  const now = { sinusoid: supervised, reaching: played, navigation: navigated, cheetah: ran }[lab];
  return iteration !== null && now >= iteration;
}
