// Keeps the lab for use without a network, once it has loaded and is idle. Only in the built page. A failure to
// register (a browser without service workers, a private window) costs only the offline copy.
if ('serviceWorker' in navigator) {
  addEventListener('load', () => {
    const register = () => navigator.serviceWorker.register('./sw.js').catch(() => undefined);
    if ('requestIdleCallback' in window) requestIdleCallback(register, { timeout: 5000 });
    else setTimeout(register, 1000);
  });
}
