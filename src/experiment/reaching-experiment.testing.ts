// For tests: the setting of REFERENCE's Reaching figures ([RMAML] Fig. 3 gives no numbers; these show its claim).
import { REACHING_PRESETS } from './reaching-presets.ts';

/** 200 + 50 + 50 points, M = 20, MAX_L = 15 reached after 100 of 200 iterations, β = 0.1. */
export const REACHING_FIGURE_3 = REACHING_PRESETS[0]!.experiment;
