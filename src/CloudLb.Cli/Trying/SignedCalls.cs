using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using CloudLb.AwsApi.SigV4;
using CloudLb.Cli.Commands;
using CloudLb.Cli.Control;

namespace CloudLb.Cli.Trying;

/// <summary>Calls Classic ELB as any client does: signed, over the network.</summary>
internal sealed class SignedCalls(RunningServer server) : IDisposable
{
    private const string Version = "2012-06-01";

    private readonly HttpClient _http = new(Handler(server));
    private readonly SigV4Signer _signer = new(
        server.AccessKeyId, server.SecretAccessKey, server.Region, "elasticloadbalancing", TimeProvider.System);

    /// <summary>Throws <see cref="CommandException"/> with AWS's code and message when the call is refused.</summary>
    public async Task SendAsync(string action, IEnumerable<(string Name, string Value)> parameters, CancellationToken cancellationToken)
    {
        var form = parameters
            .Prepend(("Version", Version))
            .Prepend(("Action", action))
            .Select(parameter => KeyValuePair.Create(parameter.Item1, parameter.Item2));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Endpoint}/") { Content = new FormUrlEncodedContent(form) };
        await _signer.SignAsync(request, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new CommandException($"{action} was refused: {Refusal(await response.Content.ReadAsStringAsync(cancellationToken))}");
            }
        }
        catch (HttpRequestException exception)
        {
            throw new CommandException($"CloudLb cannot be reached at {server.Endpoint}: {exception.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>An https endpoint of CloudLb is trusted by the very certificate that it says it has.</summary>
    internal static SocketsHttpHandler Handler(RunningServer server)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (server.CertificateFile is { } file)
        {
            var own = X509Certificate2.CreateFromPem(File.ReadAllText(file));
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) =>
                shown is not null && shown.GetCertHashString() == own.GetCertHashString();
        }

        return handler;
    }

    private static string Refusal(string document)
    {
        var error = XDocument.Parse(document).Descendants().First(element => element.Name.LocalName == "Error");
        string? Text(string name) => error.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        return Printable.Of($"{Text("Code")}: {Text("Message")}");
    }
}
