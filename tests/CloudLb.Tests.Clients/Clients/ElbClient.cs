using System.Text.Json;
using System.Text.Json.Nodes;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Clients;

/// <summary>One of AWS's own clients, run as its users run it: a program with the endpoint and the key in its environment.</summary>
public abstract class ElbClient
{
    private static readonly JsonSerializerOptions Plain = new();

    /// <summary>Calls an action. Returns the answer's members; throws <see cref="ElbClientException"/> with the code that the client read.</summary>
    internal async Task<JsonNode> CallAsync(CloudLbProcess server, string action, object parameters, CancellationToken cancellationToken, string? accessKeyId = null)
    {
        var environment = new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL"] = server.Url.ToString().TrimEnd('/'),
            ["AWS_ACCESS_KEY_ID"] = accessKeyId ?? CloudLbProcess.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = CloudLbProcess.SecretAccessKey,
            ["AWS_DEFAULT_REGION"] = CloudLbProcess.Region,
            ["AWS_REGION"] = CloudLbProcess.Region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_PAGER"] = "",
        };
        var (program, arguments) = Command(server.Url, action, JsonSerializer.Serialize(parameters, Plain));
        var result = await ChildProcess.RunAsync(program, arguments, environment, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new ElbClientException(result.Error.Trim());
        }

        return JsonNode.Parse(result.Output.Length == 0 ? "{}" : result.Output)!;
    }

    private protected abstract (string Program, IReadOnlyList<string> Arguments) Command(Uri endpoint, string action, string json);

    private protected static string Folder { get; } = AppContext.BaseDirectory;
}
