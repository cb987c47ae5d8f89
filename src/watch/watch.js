// How the page of `evigraph watch` gets its updates: it asks for the next and is answered as soon as there is one.
"use strict";
(async () => {
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  let since = 0, isLost = false;
  for (;;) {
    try {
      const response = await fetch(`next?since=${since}`, { cache: "no-store" });
      if (!response.ok) throw new Error(response.statusText);
      const { sequence, updates } = await response.json();
      since = sequence;
      if (isLost) evigraphPage.lost("");
      isLost = false;
      updates.forEach(evigraphPage.show);
    } catch {
      if (!isLost) evigraphPage.lost("evigraph watch has ended, or cannot be reached. The page shows what it said last.");
      isLost = true;
      await pause(1000);
    }
  }
})();
