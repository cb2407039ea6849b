// What is remembered of how the page is looked at; a private window remembers nothing.

/** Remember for every visit: taste, such as light or dark. */
export const taste = memory(() => localStorage);

/** Remember for this window, through a reload: where one was. */
export const place = memory(() => sessionStorage);

function memory(storage) {
  return {
    keep(name, value) {
      try { storage().setItem(name, value); } catch { /* nothing is kept */ }
    },
    recall(name) {
      try { return storage().getItem(name) ?? ""; } catch { return ""; }
    },
  };
}
