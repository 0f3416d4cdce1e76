// For tests: the Navigation lab's training loop behind a MessageChannel in Node, on a tiny experiment and the float64
// crew, which can be slowed down or made to throw.
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import { referenceCrew } from '../training/policy-session.testing.ts';
import { createPolicySession } from '../training/policy-session.ts';
import type { NavigationKinds } from '../training/policy-session-events.ts';
import { createEnginePool } from './engine-pool.ts';
import { createMacrotaskYield } from './macrotask.ts';
import { policyDriving, policyRaceRules } from './policy-driving.ts';
import { createPortWorker, type PortWorker } from './port-worker.testing.ts';

export interface CrewFaults {
  /** Time that each request takes, in ms. */
  readonly slowMs?: number;
  /** Called before the n-th request (from 1); what it throws is the crew's failure. */
  readonly beforeCall?: (call: number) => void;
}

export interface FakeNavigationWorker extends PortWorker<NavigationKinds> {
  /** Requests begun. */
  readonly calls: () => number;
  readonly isTerminated: () => boolean;
}

const clock = () => performance.now();

export function createFakeNavigationWorker(faults: CrewFaults = {}): FakeNavigationWorker {
  const crew = createFaultyCrew(faults);
  let isTerminated = false;
  const worker = createPortWorker<NavigationKinds>({
    lab: policyDriving(),
    clock,
    engines: createEnginePool<NavigationKinds>({
      entries: [
        {
          id: 'reference',
          beatenBy: [],
          probe: async () => ({ kind: 'available', detail: 'test', isSoftware: false }),
          open: async () => crew.crew,
        },
      ],
      rules: policyRaceRules((experiment, used) =>
        createPolicySession(experiment, used, { clock, evaluationTasks: 0 }),
      ),
      clock,
    }),
    createSession: (experiment, used, resume) =>
      createPolicySession(experiment, used, { clock, resume, evaluationTasks: 4 }),
    yieldMacrotask: createMacrotaskYield(),
  });
  return {
    ...worker,
    terminate() {
      isTerminated = true;
      worker.terminate();
    },
    calls: crew.calls,
    isTerminated: () => isTerminated,
  };
}

function createFaultyCrew({ slowMs = 0, beforeCall }: CrewFaults) {
  const reference = referenceCrew();
  let calls = 0;
  const crew: PolicyCrew = {
    ...reference,
    async adapt(request) {
      calls += 1;
      beforeCall?.(calls);
      if (slowMs > 0) await new Promise((resolve) => setTimeout(resolve, slowMs));
      return reference.adapt(request);
    },
  };
  return { crew, calls: () => calls };
}
