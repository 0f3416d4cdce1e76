// How the page is built: relative addresses (any sub-path), module workers, the security policy, the offline copy.
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { buildKernels, KERNEL_SOURCES } from './scripts/build-kernels.mjs';
import { CONTENT_SECURITY_POLICY } from './scripts/csp.mjs';

/** Adds to the built page what the development server must do without: the policy and the offline copy. */
function builtPageOnly(): Plugin {
  return {
    name: 'metascope-built-page',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
      { tag: 'script', attrs: { src: './register-sw.js', defer: true }, injectTo: 'head' },
    ],
  };
}

/** Compiles what is written in AssemblyScript before anything imports them, and again when the development server sees an edit. */
function kernels(): Plugin {
  return {
    name: 'metascope-kernels',
    buildStart: () => {
      buildKernels();
    },
    configureServer: (server) => {
      server.watcher.add(KERNEL_SOURCES);
      server.watcher.on('change', (file) => {
        if (!KERNEL_SOURCES.some((folder) => file.startsWith(folder))) return;
        try {
          buildKernels();
          server.ws.send({ type: 'full-reload' });
        } catch (error) {
          server.config.logger.error(error instanceof Error ? error.message : String(error));
        }
      });
    },
  };
}

const pwa = VitePWA({
  strategies: 'generateSW',
  // public/register-sw.js registers it: an inline script would break the policy.
  injectRegister: null,
  // No skipWaiting: a page that is training keeps its own files until its last tab closes.
  registerType: 'prompt',
  includeManifestIcons: false,
  workbox: {
    globPatterns: ['**/*.{html,js,css,wasm,svg,png}'],
    maximumFileSizeToCacheInBytes: 8_000_000,
    // Online, the page itself comes from the network, so that a reload gives the newest version.
    navigateFallback: null,
    directoryIndex: '',
    runtimeCaching: [
      {
        urlPattern: ({ request }) => request.mode === 'navigate',
        handler: 'NetworkOnly',
        options: { precacheFallback: { fallbackURL: 'index.html' } },
      },
    ],
  },
  manifest: {
    name: 'metascope',
    short_name: 'metascope',
    description:
      'Watch learning-to-learn happen: MAML, FOMAML, Reptile and RMAML meta-trained live in the browser.',
    start_url: './',
    scope: './',
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#ffffff',
    icons: [
      { src: './icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: './icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: './icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    ],
  },
});

export default defineConfig({
  base: './',
  plugins: [kernels(), react(), builtPageOnly(), pwa],
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
  // The worker's files lie apart, so that the size budget can tell the two graphs (scripts/size-budget.mjs).
  worker: {
    format: 'es',
    rollupOptions: {
      output: {
        entryFileNames: 'assets/worker/[name]-[hash].js',
        chunkFileNames: 'assets/worker/[name]-[hash].js',
      },
    },
  },
});
