"""One GET of a known time after the other for Locust."""

from locust import FastHttpUser, task


class Visitor(FastHttpUser):
    @task
    def look(self):
        self.client.get("/wait/steady")
