"use strict";

// Swagger UI for the schema that the page names. Nothing is sent to anybody else's validator.
SwaggerUIBundle({
  url: document.getElementById("swagger").dataset.schema,
  dom_id: "#swagger",
  deepLinking: true,
  validatorUrl: null,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
});
