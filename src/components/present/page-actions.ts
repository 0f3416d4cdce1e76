// What the page's keys do, on whichever lab is shown. No key is decided here (keys.ts) and nothing is drawn.
import { isCovered, isHidden } from '../../state/page-store.ts';
import type { AppStores } from '../../state/store-types.ts';
import { pinShown, toggleCompare } from '../compare/pin-shown.ts';
import { scrubNeighbour } from '../transport/scrub-scale.ts';
import type { KeyId } from './keys.ts';

/** The lab that trains, of the three that do; null: Reaching. */
function trainedLab(stores: AppStores) {
  const { lab } = stores.current.getState().experiment;
  switch (lab) {
    case 'sinusoid':
      return { run: stores.run, view: stores.view, data: stores.data };
    case 'navigation':
    case 'cheetah':
      return stores[lab];
    case 'reaching':
      return null;
    default:
      return lab satisfies never;
  }
}

function runOrPause(stores: AppStores): void {
  const lab = trainedLab(stores);
  if (lab === null) {
    const { status, play, pause } = stores.reaching.getState();
    if (status === 'running') pause();
    else play();
    return;
  }
  const { status, play, pause } = lab.run.getState();
  if (status.kind === 'running' || status.kind === 'starting') pause();
  else if (status.kind !== 'finished') play();
}

function step(stores: AppStores, unit: 'iteration' | 'phase'): void {
  const lab = trainedLab(stores);
  if (lab === null) {
    const { status, step: move } = stores.reaching.getState();
    if (status !== 'finished') move(unit);
  } else if (lab.run.getState().status.kind !== 'finished') lab.run.getState().step(unit);
}

function scrub(stores: AppStores, direction: 1 | -1): void {
  const lab = trainedLab(stores);
  if (lab === null) {
    const { reaching, reachingData } = stores;
    const most = reachingData.experiment.iterations;
    reaching.getState().scrub(Math.min(Math.max(reachingData.iteration + direction, 0), most));
    return;
  }
  const current = lab.run.getState().iteration;
  const past = lab.data.checkpoints.map(({ iteration }) => iteration).filter((at) => at <= current);
  const { scrubIteration } = lab.view.getState();
  lab.view
    .getState()
    .set({ scrubIteration: scrubNeighbour(scrubIteration, past, direction), scrubPlaying: false });
}

/** Shows that inner step, or the last one that the lab's stage has. */
function showInnerStep(stores: AppStores, wanted: number): void {
  const { experiment } = stores.current.getState();
  if (experiment.lab === 'reaching') return;
  // The fits compute ten steps whatever training takes; policies adapt by as many as they are tested with.
  const most = experiment.lab === 'sinusoid' ? 10 : experiment.testInnerSteps;
  trainedLab(stores)
    ?.view.getState()
    .set({ innerStep: Math.min(wanted, most), innerStepPlaying: false });
}

function toggleHidden(stores: AppStores, part: 'pseudocode' | 'instruments'): void {
  const { options, set } = stores.page.getState();
  const rest = options.hide.filter((name) => name !== part);
  set({ hide: isHidden(options, part) ? rest : [...rest, part] });
}

/** Light where it is dark, dark where it is light. */
export function toggleTheme({ view }: AppStores): void {
  const dark = document.documentElement.dataset.theme === 'dark';
  view.getState().set({ theme: dark ? 'light' : 'dark' });
}

/** Fullscreen on or off; `refused` is called where the browser does not allow it. */
export async function toggleFullscreen(refused: () => void): Promise<void> {
  try {
    if (document.fullscreenElement !== null) return await document.exitFullscreen();
    // Browsers allow it for some seconds after a key or click. A slow machine can be later; asking then is an error of theirs.
    if (navigator.userActivation?.isActive === false) return refused();
    await document.documentElement.requestFullscreen();
  } catch {
    refused();
  }
}

/** Carries out what a key of the page means, where it means something now. */
export function actOn(id: KeyId, key: string, stores: AppStores): void {
  const { page, current } = stores;
  const { options, set, show, say } = page.getState();
  const mayRun = !isCovered(page.getState()) && !isHidden(options, 'transport') && options.page === 'lab';
  switch (id) {
    case 'run':
      if (mayRun) runOrPause(stores);
      return;
    case 'step':
    case 'step-phase':
      if (mayRun) step(stores, id === 'step' ? 'iteration' : 'phase');
      return;
    case 'earlier':
    case 'later':
      if (mayRun) scrub(stores, id === 'later' ? 1 : -1);
      return;
    case 'inner-step':
      if (mayRun) showInnerStep(stores, Number(key));
      return;
    case 'present':
      set({ present: !options.present });
      return;
    case 'leave':
      if (options.present) set({ present: false });
      return;
    case 'fullscreen':
      void toggleFullscreen(() => say('no-fullscreen'));
      return;
    case 'pseudocode':
      toggleHidden(stores, 'pseudocode');
      return;
    case 'charts':
      toggleHidden(stores, 'instruments');
      return;
    case 'pin':
    case 'compare':
      if (options.page !== 'lab') return;
      if (id === 'pin') void pinShown(stores);
      else toggleCompare(stores);
      return;
    case 'theme':
      toggleTheme(stores);
      return;
    case 'undo':
      current.getState().undo();
      return;
    case 'redo':
      current.getState().redo();
      return;
    case 'keys':
      show('keys');
      return;
    default:
      return;
  }
}
