// Words of the ways to use the page without a pointer or without sight.
import { inLanguages } from './language.ts';

export const ACCESSIBILITY_WORDS = inLanguages({
  en: {
    /** The button that lists points as numbers. */
    pointCount: (count: number) => `${count} ${count === 1 ? 'point' : 'points'}`,
    /** Begins with what the button shows. */
    pointsAsNumbers: (name: string) => `${name} as numbers`,
    paintedTasks: 'Painted tasks',
    numbers: 'Numbers',
    coordinate: (axis: string, index: number) => `${axis} of point ${index + 1}`,
    remove: 'Remove',
    removePoint: (index: number) => `Remove point ${index + 1}`,
    addPoint: 'Add a point',
    noPoints: 'There are none.',
    loading: 'Loading…',
  },
});
