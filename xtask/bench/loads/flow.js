// The flow of flow.tide for k6.
import http from "k6/http";
import { check } from "k6";

const base = __ENV.TARGET;
const json = { headers: { "Content-Type": "application/json" } };

export default function () {
  const found = http.get(`${base}/items?view=short`, { tags: { name: "Find" } });
  check(found, { 200: (answer) => answer.status === 200 });
  const item = found.json("id");
  check(http.get(`${base}/items/${item}`, { tags: { name: "Item" } }), { 200: (answer) => answer.status === 200 });
  if (Math.random() < 0.25) {
    const cart = http.post(`${base}/cart`, JSON.stringify({ item, count: 1 }), { ...json, tags: { name: "Cart" } });
    check(cart, { 201: (answer) => answer.status === 201 });
  }
}
