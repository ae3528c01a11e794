using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CloudLb.AwsApi.Responses;
using CloudLb.AwsApi.SigV4;
using CloudLb.Cli.Commands;
using CloudLb.Cli.Control;
using CloudLb.Cli.Trying;

namespace CloudLb.Cli.Migration;

/// <summary>Calls a server's APIs with JSON in and out; which members there are say the contracts.</summary>
internal sealed class ApiCalls(RunningServer server) : IDisposable
{
    private const int Attempts = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new(SignedCalls.Handler(server));

    /// <exception cref="RefusedException">The service refused what was asked.</exception>
    /// <exception cref="CommandException">It could not be reached, or has failed.</exception>
    public async Task<JsonObject> SendAsync(ApiService service, string action, JsonObject request, CancellationToken cancellationToken)
    {
        try
        {
            var operation = service.Operation(action);
            var form = operation.WriteForm(Encoding.UTF8.GetBytes(request.ToJsonString()), service.Contract.Version);
            var answer = await AskAsync(service, action, form, cancellationToken);
            return JsonNode.Parse(operation.ReadAnswer(answer))!.AsObject();
        }
        catch (InvalidDataException exception)
        {
            throw new RefusedException("ValidationError", exception.Message);
        }
    }

    /// <summary>Whether ACM has that certificate. It is spoken to in JSON, its protocol.</summary>
    public async Task<bool> HasImportedAsync(string arn, CancellationToken cancellationToken)
    {
        var signer = Signer("acm");
        for (var attempt = 1; attempt < Attempts; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Endpoint}/")
            {
                Content = new ByteArrayContent(Encoding.UTF8.GetBytes(new JsonObject { ["CertificateArn"] = arn }.ToJsonString())),
            };
            request.Content.Headers.Add("Content-Type", "application/x-amz-json-1.1");
            request.Headers.Add("X-Amz-Target", "CertificateManager.DescribeCertificate");
            await signer.SignAsync(request, cancellationToken);
            var (status, text) = await SendAsync(request, cancellationToken);
            if (!text.Contains("Throttling", StringComparison.Ordinal))
            {
                return status == HttpStatusCode.OK;
            }

            await PauseAsync(attempt, cancellationToken);
        }

        return false;
    }

    public void Dispose() => _http.Dispose();

    private static Task PauseAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(FirstPause * Math.Pow(2, attempt - 1), TimeProvider.System, cancellationToken);

    private SigV4Signer Signer(string service) =>
        new(server.AccessKeyId, server.SecretAccessKey, server.Region, service, TimeProvider.System);

    private async Task<string> AskAsync(ApiService service, string action, string form, CancellationToken cancellationToken)
    {
        var signer = Signer(service.Contract.SigningName);
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Endpoint}/")
            {
                Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
            };
            await signer.SignAsync(request, cancellationToken);
            var (status, text) = await SendAsync(request, cancellationToken);
            if (status == HttpStatusCode.OK)
            {
                return text;
            }

            var error = ErrorResponse.Read(text);
            if (!IsThrottled(status, error))
            {
                throw Refusal(action, status, error);
            }

            if (attempt == Attempts)
            {
                throw new CommandException($"{action}: the server was asked too often {Attempts} times; run the command again later.");
            }

            await PauseAsync(attempt, cancellationToken);
        }
    }

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException exception)
        {
            throw new CommandException($"CloudLb cannot be reached at {server.Endpoint}: {exception.Message}", ExitCodes.NoServer);
        }
    }

    private static bool IsThrottled(HttpStatusCode status, ErrorResponse error) =>
        status == HttpStatusCode.TooManyRequests || error.Code is "Throttling" or "ThrottlingException" or "RequestLimitExceeded";

    private static Exception Refusal(string action, HttpStatusCode status, ErrorResponse error)
    {
        var message = Printable.Of(error.Message ?? $"the server answered {(int)status}");
        return error.Code is { } code && (int)status < 500 && status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            ? new RefusedException(Printable.Of(code), message)
            : new CommandException($"{action}: {(error.Code is { } failed ? $"{Printable.Of(failed)}: " : "")}{message}");
    }
}
