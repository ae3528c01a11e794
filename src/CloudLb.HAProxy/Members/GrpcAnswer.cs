using System.Globalization;
using System.Net.Http.Headers;
using CloudLb.Core.Traffic.Status;
using CloudLb.HAProxy.Status;

namespace CloudLb.HAProxy.Members;

/// <summary>What a call of gRPC came to: its status stands in the head of an answer without a message, or else in its trailers.</summary>
internal static class GrpcAnswer
{
    private const string Status = "grpc-status";

    /// <summary>About what HAProxy looks through.</summary>
    private const int MostBytes = 32 * 1024;

    private const int Ok = 200;

    public static async Task<CheckAnswer> ReadAsync(
        HttpResponseMessage response, IReadOnlyCollection<int> passes, CancellationToken cancellationToken)
    {
        var code = CodeOf(response.Headers);
        if (code is null && await IsReadAsync(response, cancellationToken))
        {
            code = CodeOf(response.TrailingHeaders);
        }

        var status = (int)response.StatusCode;
        return code is { } known
            ? CheckWords.Answer(passes.Contains(known) ? "L7OK" : "L7STS", known)
            : status == Ok ? CheckWords.Answer("L7RSP") : CheckWords.Answer("L7STS", status, response.ReasonPhrase ?? "");
    }

    private static async Task<bool> IsReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[4096];
        var sum = 0;
        while (sum <= MostBytes)
        {
            var count = await body.ReadAsync(buffer, cancellationToken);
            if (count == 0)
            {
                return true;
            }

            sum += count;
        }

        return false;
    }

    private static int? CodeOf(HttpHeaders headers) =>
        headers.TryGetValues(Status, out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code
            : null;
}
