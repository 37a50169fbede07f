// One GET after the other for k6, bodies thrown away.
import http from "k6/http";

export const options = { discardResponseBodies: true };

export default function () {
  http.get(`${__ENV.TARGET}/items/12345`);
}
