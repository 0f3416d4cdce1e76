// A crew that stands for another, which may be exchanged between two requests. An objective stays with the crew that
// made it; it owns neither.
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import type { StandIn } from './driven-lab.ts';

type Writable = { -readonly [Key in keyof PolicyCrew]: PolicyCrew[Key] };

export function createSwitchableCrew(): StandIn<PolicyCrew> {
  const view: Writable = {
    id: 'reference',
    adapt: () => Promise.reject(new Error('No crew has been chosen yet. Call use() first.')),
    dispose() {},
  };
  return {
    engine: view,
    use(next) {
      view.id = next.id;
      view.adapt = (request) => next.adapt(request);
    },
  };
}
