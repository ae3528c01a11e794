using System.Text.Json.Nodes;

namespace CloudLb.Cli.Migration.Reading;

/// <summary>An answer of a describe action.</summary>
/// <param name="Content">As the AWS CLI prints it.</param>
/// <param name="Origin">The file's path, and which of its documents; for messages.</param>
internal sealed record ReadDocument(JsonObject Content, string Origin);
