// What the page calls the engines. Ids are for links, logs and the command line.
import { inLanguages } from './language.ts';

export const engineNames = inLanguages({
  en: {
    'fused-wasm': 'Fused WASM',
    'fused-webgpu': 'Fused WebGPU',
    'composed-wasm': 'tfjs WASM',
    'composed-webgpu': 'tfjs WebGPU',
    'composed-cpu': 'tfjs CPU',
    reference: 'Typed arrays',
  },
});
