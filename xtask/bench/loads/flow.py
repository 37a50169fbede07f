"""The flow of flow.tide for Locust."""

from locust import FastHttpUser, task


class Visitor(FastHttpUser):
    def look_for_one(self):
        with self.client.get("/items?view=short", name="Find", catch_response=True) as answer:
            if answer.status_code != 200:
                answer.failure("not 200")
            item = answer.json()["id"]
        with self.client.get(f"/items/{item}", name="Item", catch_response=True) as answer:
            if answer.status_code != 200:
                answer.failure("not 200")
        return item

    @task(75)
    def look(self):
        self.look_for_one()

    @task(25)
    def buy(self):
        item = self.look_for_one()
        with self.client.post("/cart", json={"item": item, "count": 1}, name="Cart", catch_response=True) as answer:
            if answer.status_code != 201:
                answer.failure("not 201")
