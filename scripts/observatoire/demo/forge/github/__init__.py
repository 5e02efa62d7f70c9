"""The face of GitHub, REST v3 and a little GraphQL; source: GitHub's OpenAPI description."""
