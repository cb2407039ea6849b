// The demo's server: what happens as events, what is done as POSTs.

import { toast } from "./dom.js";

/** Only this page has it: no other site can act through the browser that shows it. */
const TOKEN = document.querySelector('meta[name="control-token"]').content;

/** Do something; what was answered, or null when it could not be done, which is then said. */
export async function post(path, body = {}) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Control-Token": TOKEN },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    console.info(answer.error);
    toast("できませんでした。もう一度お試しください。");
  } catch {
    toast("デモのサーバーに届きません。動いているか確かめてください。");
  }
  return null;
}

/** Read something. */
export async function get(path) {
  const response = await fetch(path);
  return response.ok ? response.json() : null;
}

/** Listen; `handlers` has a function for each kind of news. Returns how to stop. */
export function listen(query, handlers, onConnection) {
  const source = new EventSource(`/api/events?${new URLSearchParams(query)}`);
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  }
  source.onopen = () => onConnection(true);
  source.onerror = () => onConnection(false);
  return () => source.close();
}
