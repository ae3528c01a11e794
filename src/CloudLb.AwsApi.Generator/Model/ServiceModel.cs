using System.Text.Json.Nodes;

namespace CloudLb.AwsApi.Generator.Model;

/// <summary>A service in the form of the models that botocore ships.</summary>
internal sealed record ServiceModel
{
    public required string ServiceId { get; init; }

    public required string Version { get; init; }

    /// <summary>Of answers in XML; empty where the service has none.</summary>
    public required string XmlNamespace { get; init; }

    public required string SigningName { get; init; }

    /// <summary>By the names of <c>WireProtocol</c>.</summary>
    public required IReadOnlyList<string> Protocols { get; init; }

    /// <summary>What JSON's targets and CBOR's paths call the service.</summary>
    public string? TargetPrefix { get; init; }

    public bool IsQueryCompatible { get; init; }

    public required IReadOnlyList<OperationModel> Operations { get; init; }

    /// <summary>Of all operations, and those that none lists.</summary>
    public required IReadOnlyList<ErrorModel> Errors { get; init; }

    public bool IsEc2 => Protocols.Contains("Ec2");

    public static ServiceModel Read(JsonNode document)
    {
        var metadata = document["metadata"]!;
        string[] protocols =
        [
            .. (metadata["protocols"]?.AsArray().Select(name => (string)name!) ?? [(string)metadata["protocol"]!])
                .Select(name => ProtocolOf(name, (string?)metadata["jsonVersion"])),
        ];
        var shapes = new ShapeReader(
            document["shapes"]!.AsObject(), hasDocuments: protocols.Any(name => name is "Json10" or "Json11" or "Cbor"),
            checksValues: !protocols.Contains("Ec2"));
        return new ServiceModel
        {
            ServiceId = (string)metadata["serviceId"]!,
            Version = (string)metadata["apiVersion"]!,
            XmlNamespace = (string?)metadata["xmlNamespace"] ?? "",
            SigningName = (string?)metadata["signingName"] ?? (string)metadata["endpointPrefix"]!,
            Protocols = protocols,
            TargetPrefix = (string?)metadata["targetPrefix"],
            IsQueryCompatible = metadata["awsQueryCompatible"] is not null,
            Operations = [.. document["operations"]!.AsObject().Select(
                operation => ReadOperation(operation.Value!, shapes, protocols.Contains("Ec2")))],
            Errors = shapes.Errors(),
        };
    }

    private static string ProtocolOf(string name, string? jsonVersion) => name switch
    {
        "query" => "Query",
        "ec2" => "Ec2",
        "json" => jsonVersion == "1.0" ? "Json10" : "Json11",
        "smithy-rpc-v2-cbor" => "Cbor",
        _ => throw new InvalidDataException($"Services of the protocol '{name}' cannot be generated."),
    };

    private static OperationModel ReadOperation(JsonNode operation, ShapeReader shapes, bool isEc2)
    {
        var name = (string)operation["name"]!;
        return new OperationModel
        {
            Name = name,
            ResultWrapper = isEc2 ? "" : (string?)operation["output"]?["resultWrapper"] ?? $"{name}Result",
            Input = shapes.Structure((string?)operation["input"]?["shape"]),
            Output = shapes.Structure((string?)operation["output"]?["shape"]),
            Errors = [.. (operation["errors"]?.AsArray() ?? []).Select(error => shapes.Error((string)error!["shape"]!))],
        };
    }
}
