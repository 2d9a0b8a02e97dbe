const photo = {
  "id": "1",
  "title": "café \u003c",
  "tags": [{"rawValue": "x", "isMachineTag": false}],
  "location": {"latitude": 49.175643, "accuracy": 16},
  "dateTaken": null
};
