using System.Text.Json.Nodes;

namespace CloudLb.AwsApi.Generator.Model;

/// <summary>A service in the form of the models that botocore ships, protocol <c>query</c>.</summary>
internal sealed record ServiceModel
{
    public required string ServiceId { get; init; }

    public required string Version { get; init; }

    public required string XmlNamespace { get; init; }

    public required string SigningName { get; init; }

    public required IReadOnlyList<OperationModel> Operations { get; init; }

    /// <summary>Of all operations, and those that none lists.</summary>
    public required IReadOnlyList<ErrorModel> Errors { get; init; }

    public static ServiceModel Read(JsonNode document)
    {
        var metadata = document["metadata"]!;
        if ((string?)metadata["protocol"] != "query")
        {
            throw new InvalidDataException("Only services of the protocol 'query' can be generated.");
        }

        var shapes = new ShapeReader(document["shapes"]!.AsObject());
        return new ServiceModel
        {
            ServiceId = (string)metadata["serviceId"]!,
            Version = (string)metadata["apiVersion"]!,
            XmlNamespace = (string)metadata["xmlNamespace"]!,
            SigningName = (string?)metadata["signingName"] ?? (string)metadata["endpointPrefix"]!,
            Operations = [.. document["operations"]!.AsObject().Select(operation => ReadOperation(operation.Value!, shapes))],
            Errors = shapes.Errors(),
        };
    }

    private static OperationModel ReadOperation(JsonNode operation, ShapeReader shapes)
    {
        var name = (string)operation["name"]!;
        return new OperationModel
        {
            Name = name,
            ResultWrapper = (string?)operation["output"]?["resultWrapper"] ?? $"{name}Result",
            Input = shapes.Structure((string?)operation["input"]?["shape"]),
            Output = shapes.Structure((string?)operation["output"]?["shape"]),
            Errors = [.. (operation["errors"]?.AsArray() ?? []).Select(error => shapes.Error((string)error!["shape"]!))],
        };
    }
}
