// What the compiled module offers: whole requests (metaGradient, adapt) and the building blocks they are made of, for N
// points of one network. All arguments are addresses of records (fields.ts) and vectors in the module's memory, which
// the caller lays out (../arena.ts); the module itself allocates nothing.
export { drawPoints, drawTasks } from './draw';
export { adapt, addHessianVectorProduct, lossGradient, lossOnly, metaGradient } from './meta';
export { adam, descendBy } from './optimizers';
export { backward, forward } from './pass';
export {
  policyEvaluate,
  policyFisher,
  policyGradient,
  policyHessian,
  policyInnerLoss,
  policyMeans,
  policyRemember,
} from './policy-rows';
export { policyPack, policyUnpack } from './policy-vectors';
export { tangentBackward, tangentForward } from './tangent';
export { arenaStart, packParams, scaleBy, unpackParams } from './vectors';
