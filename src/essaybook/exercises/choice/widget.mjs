// Choice: which options were picked, and what each has to say.
// @ts-check
import { checked, exercise, field, tick } from "./kit.mjs";

export default exercise({
  read: (form) => ({ picks: checked(form, "pick"), because: field(form, "because") }),
  empty: (response) => !response.picks.length,
  write(form, response) {
    tick(form, "pick", response?.picks ?? []);
    field(form, "because", response?.because ?? "");
  },
  judge(response, record) {
    const right = record.options.filter((o) => o.right).map((o) => o.id);
    const hits = response.picks.filter((id) => right.includes(id)).length;
    const misses = response.picks.length - hits;
    return {
      score: Math.max(0, hits - misses) / right.length,
      notes: record.options
        .filter((o) => response.picks.includes(o.id) || (o.right && record.several))
        .map((o) => ({ ...o.feedback, about: o.text, right: o.right })),
    };
  },
  answer: (record) => ({ picks: record.options.filter((o) => o.right).map((o) => o.id), because: "" }),
});
