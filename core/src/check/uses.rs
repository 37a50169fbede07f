//! Where texts with `{{values}}` may stand, and which values are used there by name.

use serde_json::Value;

use crate::check::walk::{At, Bit, ConditionAt, How, TextAt, UseAt, Walk, check_key};
use crate::plan::template::{Source, Template};
use crate::scenario::{
    Act, Body, Check, CheckKind, Condition, Pairs, PartContent, RepeatKind, Request, SignIn, ValueKind,
};

impl<'a> Walk<'a> {
    /// The texts that belong to no step: those of targets and of fixed values.
    pub(super) fn top_texts(&mut self) {
        for (i, target) in self.scenario.targets.iter().enumerate() {
            let at = self.item("targets", i, false);
            self.pairs(at, "headers", &target.headers, How::Everywhere);
            self.sign_in(at, target.sign_in.as_ref(), How::Everywhere);
            for (n, watch) in target.watch.iter().enumerate().filter(|(_, watch)| !watch.off) {
                let at = self.add(at, &[Bit::Key("watch"), Bit::Index(n)], false);
                self.sign_in(at, watch.sign_in.as_ref(), How::Everywhere);
            }
        }
        for (i, value) in self.scenario.values.iter().enumerate() {
            if let ValueKind::Fixed(fixed) = &value.is {
                let at = self.item("values", i, false);
                self.json(at, "value", fixed, How::Everywhere);
            }
        }
    }

    /// The texts of a step, without those of the steps inside it.
    pub(super) fn step_texts(&mut self, at: At, act: &'a Act) {
        match act {
            Act::Request(request) => self.request_texts(at, request),
            Act::Check(check) => self.check_texts(at, check, How::Needed),
            Act::Save(save) => self.json(at, "value", &save.value, How::Needed),
            Act::Repeat(repeat) => match &repeat.how {
                RepeatKind::ForEach(name) => self.named(at, "for_each", name, How::Needed),
                RepeatKind::Until(condition) => {
                    let at = self.add(at, &[Bit::Key("until")], false);
                    self.condition_texts(at, condition);
                }
                _ => {}
            },
            Act::OnlyIf(only_if) => self.condition_texts(at, &only_if.condition),
            _ => {}
        }
    }

    fn request_texts(&mut self, at: At, request: &'a Request) {
        self.text(at, &[Bit::Key("url")], &request.url, How::Needed);
        self.pairs(at, "query", &request.query, How::Needed);
        self.pairs(at, "headers", &request.headers, How::Needed);
        match &request.body {
            Body::Json(body) => self.json(at, "json", body, How::Needed),
            Body::Form(form) => self.pairs(at, "form", form, How::Needed),
            Body::Text(text) => self.text(at, &[Bit::Key("text")], text, How::Needed),
            Body::Multipart(parts) => {
                for (i, part) in parts.iter().enumerate() {
                    let at = self.add(at, &[Bit::Key("multipart"), Bit::Index(i)], false);
                    if let PartContent::Text(text) = &part.content {
                        self.text(at, &[Bit::Key("text")], text, How::Needed);
                    }
                    self.text(at, &[Bit::Key("file_name")], &part.file_name, How::Needed);
                }
            }
            Body::File(_) | Body::Nothing => {}
        }
        self.sign_in(at, request.sign_in.as_ref(), How::Needed);
        for (i, check) in request.check.iter().enumerate() {
            let at = self.add(at, &[Bit::Key("check"), Bit::Index(i)], false);
            self.check_texts(at, check, How::AfterAnswer);
        }
        for (i, save) in request.save.iter().enumerate() {
            if let Some(default) = &save.default {
                let at = self.add(at, &[Bit::Key("save"), Bit::Index(i)], false);
                self.json(at, "default", default, How::Needed);
            }
        }
    }

    fn sign_in(&mut self, at: At, sign_in: Option<&'a SignIn>, how: How) {
        const KEY: Bit = Bit::Key("sign_in");
        match sign_in {
            Some(SignIn::Basic(basic)) => {
                self.text(at, &[KEY, Bit::Key("basic"), Bit::Key("user")], &basic.user, how);
                self.text(at, &[KEY, Bit::Key("basic"), Bit::Key("password")], &basic.password, how);
            }
            Some(SignIn::Bearer(token)) => self.text(at, &[KEY, Bit::Key("bearer")], token, how),
            Some(SignIn::ApiKey(key)) => self.text(at, &[KEY, Bit::Key("api_key"), Bit::Key("value")], &key.value, how),
            Some(SignIn::Off(_) | SignIn::Nothing) | None => {}
        }
    }

    fn check_texts(&mut self, at: At, check: &'a Check, how: How) {
        let key = Bit::Key(check_key(&check.what));
        match &check.what {
            CheckKind::Contains(text) | CheckKind::Lacks(text) | CheckKind::Matches(text) | CheckKind::Equals(text) => {
                self.text(at, &[key], text, how);
            }
            CheckKind::Value(name) => self.named(at, "value", name, if how == How::Needed { How::Asked } else { how }),
            _ => {}
        }
        if let Some(to) = &check.to {
            self.json(at, "to", to, how);
        }
    }

    fn condition_texts(&mut self, at: At, condition: &'a Condition) {
        self.conditions.push(ConditionAt { condition, at });
        if !condition.value.is_empty() {
            self.named(at, "value", &condition.value, How::Asked);
        }
        if let Some(to) = &condition.to {
            self.json(at, "to", to, How::Needed);
        }
        for (key, list) in [("all", &condition.all), ("any", &condition.any)] {
            for (i, one) in list.iter().enumerate() {
                let at = self.add(at, &[Bit::Key(key), Bit::Index(i)], false);
                self.condition_texts(at, one);
            }
        }
    }

    fn pairs(&mut self, at: At, key: &'a str, pairs: &'a Pairs, how: How) {
        for (name, text) in pairs.iter() {
            self.text(at, &[Bit::Key(key), Bit::Key(name)], name, how);
            self.text(at, &[Bit::Key(key), Bit::Key(name)], text, how);
        }
    }

    /// Every text in a JSON value, also the names of fields.
    fn json(&mut self, at: At, key: &'a str, value: &'a Value, how: How) {
        let mut path = vec![Bit::Key(key)];
        self.json_below(at, &mut path, value, how);
    }

    fn json_below(&mut self, at: At, path: &mut Vec<Bit<'a>>, value: &'a Value, how: How) {
        match value {
            Value::String(text) => self.text(at, path, text, how),
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    path.push(Bit::Index(i));
                    self.json_below(at, path, item, how);
                    path.pop();
                }
            }
            Value::Object(map) => {
                for (name, item) in map {
                    path.push(Bit::Key(name));
                    self.text(at, path, name, how);
                    self.json_below(at, path, item, how);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    /// Notes a text, and the values used in it by name. One without `{{` is left aside.
    fn text(&mut self, at: At, path: &[Bit<'a>], text: &'a str, how: How) {
        if !text.contains("{{") {
            return;
        }
        let at = self.add(at, path, false);
        let parsed = Template::parse(text);
        if let Ok(template) = &parsed {
            for used in template.uses() {
                if let Source::Name(name) = &used.source {
                    self.uses.push(UseAt { name: name.clone(), at, how });
                }
            }
        }
        self.texts.push(TextAt { at, parsed });
    }

    /// Notes a value used by its bare name.
    fn named(&mut self, at: At, key: &'a str, name: &'a str, how: How) {
        if !name.is_empty() {
            let at = self.add(at, &[Bit::Key(key)], false);
            self.uses.push(UseAt { name: name.to_owned(), at, how });
        }
    }
}
