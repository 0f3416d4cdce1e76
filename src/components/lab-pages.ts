// Which components make up each lab's page. They are fetched when the lab is first shown, so that a visitor downloads
// only what they look at; settings, tabs and links are part of the first download (experiment/labs.ts).
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { LabId } from '../experiment/experiment.ts';

export interface LabPage {
  /** What lies right of the settings: the stage column and the instruments, cells of the lab's grid. */
  readonly Body: LazyExoticComponent<ComponentType>;
  /** The bar at the bottom. */
  readonly Transport: LazyExoticComponent<ComponentType>;
}

/** Two components of one chunk. */
function pageOf(load: () => Promise<{ Body: ComponentType; Transport: ComponentType }>): LabPage {
  return {
    Body: lazy(async () => ({ default: (await load()).Body })),
    Transport: lazy(async () => ({ default: (await load()).Transport })),
  };
}

export const LAB_PAGES: Readonly<Record<LabId, LabPage>> = {
  sinusoid: pageOf(() => import('./SinusoidLab.tsx')),
  reaching: pageOf(() => import('./ReachingLab.tsx')),
  navigation: pageOf(() => import('./NavigationLab.tsx')),
  cheetah: pageOf(() => import('./CheetahLab.tsx')),
};
