// Settings of the meta-RL labs' algorithms, loops and roll-outs, where they differ from the Sinusoid lab's.
import { inLanguages } from './language.ts';

export const policyLoopFieldWords = inLanguages({
  en: {
    algorithms: {
      help: 'Trained side by side, step by step, on the same tasks. Pretrained: joint training on all tasks. Random: no training at all. Oracle: is told the task as extra inputs.',
    },
    innerSteps: {
      help: 'Policy gradient steps (REINFORCE) that adapt θ to a task in training: θ ← θ − α ∇L(θ), k times, each on K trajectories of its own. MAML differentiates through all of them.',
    },
    innerLearningRate: {
      help: 'How far one inner step moves: θ′ = θ − α ∇L(θ), with REINFORCE’s loss L = −mean(A log π(a | s)) and advantages A. Where α is learned, this is where it starts. At 0 nothing adapts.',
    },
    metaIterations: {
      help: 'Updates of θ until training ends. Changing it never restarts training.',
    },
    outerOptimizer: {
      label: 'Outer optimiser',
      help: 'What turns the meta-gradient into an update of θ. TRPO, as in the papers: the natural gradient, as far as the adapted policies’ KL allows. Adam: plain steps on the same meta-gradient, several times cheaper.',
      choices: { trpo: 'TRPO', adam: 'Adam' },
    },
    metaLearningRate: {
      help: 'Adam’s step: how far one update moves each parameter, about. TRPO finds its own step, and Reptile has ε.',
    },
    outerSteps: {
      label: 'Steps per batch',
      unit: 'steps',
      help: 'Adam’s steps on one batch of trajectories. Those after the first weigh it by π(a | s) ∕ π_old(a | s) and are taken only while the KL limit holds.',
    },
    ratioClip: {
      label: 'Ratio clip',
      noneLabel: 'None',
      help: 'Adam’s further steps on a batch gain nothing where π(a | s) ∕ π_old(a | s) has left 1 ± this in the direction that pays: the surrogate is the mean of min(r A, clip(r) A), as in PPO.',
    },
    klTarget: {
      label: 'KL target',
      noneLabel: 'None',
      help: 'KL(old ‖ new) that the steps on one batch should come to. β is divided by 1.5 after a batch with more than twice that and multiplied by 1.5, up to what it was, after one with less than half; steps on a batch end beyond twice that.',
    },
    maxKl: {
      label: 'KL limit',
      help: 'How much an update may change what the adapted policies do: mean KL(old ‖ new) ≤ δ. TRPO’s trust region; Adam takes no further step on a batch beyond it.',
    },
    conjugateGradientIterations: {
      label: 'Conjugate gradient',
      unit: 'iterations',
      help: 'Iterations in which TRPO solves H x = g, where g is the meta-gradient and H the Hessian of the KL. Each takes one product with H, the dearest part of an update.',
    },
    damping: {
      label: 'Damping',
      help: 'Added to the diagonal of the KL’s Hessian before it is solved: (H + damping · I) x = g. More of it turns TRPO’s direction towards the plain gradient.',
    },
    lineSearchTries: {
      label: 'Line search',
      unit: 'tries',
      help: 'TRPO tries its full step first, then shorter ones. The first that improves the surrogate within the KL limit is taken; if none of these tries does, θ stays.',
    },
    lineSearchBacktrack: {
      label: 'Each further try',
      unit: '× the last',
      help: 'Factor from one try of the line search to the next: with 0.8 the tenth step is 0.13 of the first.',
    },
    curvatureRows: {
      label: 'Curvature from',
      unit: 'timesteps per task',
      help: 'Timesteps of each task, drawn at random, from which TRPO’s products with H are computed; gradient and line search use all of them. Fewer are faster and noisier. 0: all.',
    },
    trajectoriesPerTask: {
      label: 'Trajectories per task',
      help: 'Trajectories of each task before every inner step, and after the last: the support set, and the query set.',
    },
    horizon: {
      label: 'Horizon',
      unit: 'timesteps',
      help: 'Timesteps after which a trajectory ends, if nothing ends it earlier. Returns are sums over them, so they are comparable at one horizon only.',
    },
    discount: {
      label: 'Discount',
      help: 'What a reward one timestep later is worth: advantages come from Σ γᵗ rₜ. The returns that are shown are sums without it.',
    },
    gaeLambda: {
      label: 'GAE',
      help: 'Generalised advantage estimation: Aₜ = Σ (γλ)ˡ δₜ₊ₗ, with δₜ = rₜ + γ V(sₜ₊₁) − V(sₜ) and V linear in features of the observation. At 1: the return less V, as in the papers; lower leans on V.',
    },
  },
});
