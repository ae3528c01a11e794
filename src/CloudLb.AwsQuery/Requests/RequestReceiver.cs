using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsQuery.Requests;

/// <summary>Takes a request in, once: authentication and dispatch both ask, whoever comes first does it.</summary>
internal static class RequestReceiver
{
    private static readonly byte[] EmptyHash = SHA256.HashData([]);

    public static async ValueTask<ReceivedRequest> ReceiveAsync(HttpContext context)
    {
        if (context.Features.Get<ReceivedRequest>() is { } known)
        {
            return known;
        }

        var received = await ReceiveNowAsync(context);
        context.Features.Set(received);
        return received;
    }

    private static async ValueTask<ReceivedRequest> ReceiveNowAsync(HttpContext context)
    {
        var http = context.Request;
        var isPost = HttpMethods.IsPost(http.Method);
        if (!isPost && !HttpMethods.IsGet(http.Method))
        {
            return new ReceivedRequest { Refusal = HttpRefusal.Redirect };
        }

        if (isPost && !IsForm(http))
        {
            return new ReceivedRequest { Refusal = HttpRefusal.NotAForm };
        }

        try
        {
            var parameters = new List<KeyValuePair<string, string>>();
            if (http.QueryString is { HasValue: true, Value: var query })
            {
                ParameterParser.Parse(Encoding.UTF8.GetBytes(query[1..]), parameters);
            }

            var fromQuery = parameters.Count;
            var hash = await ReadBodyAsync(http, isPost ? parameters : null, context.RequestAborted);
            var request = new QueryRequest(parameters, fromQuery, hash);
            return !isPost && request.Action is null
                ? new ReceivedRequest { Refusal = HttpRefusal.Redirect }
                : new ReceivedRequest { Request = request };
        }
        catch (WireException exception)
        {
            return new ReceivedRequest { Refusal = HttpRefusal.Unreadable, Error = exception.Error };
        }
        catch (BadHttpRequestException exception)
        {
            return new ReceivedRequest { Refusal = HttpRefusal.Unreadable, Error = RequestErrors.Of(exception) };
        }
    }

    /// <summary>A POST without any body may leave the type out: its parameters stand in the query string.</summary>
    private static bool IsForm(HttpRequest http)
    {
        var contentType = http.ContentType.AsSpan();
        if (contentType.IsEmpty)
        {
            return http.ContentLength is null or 0 && !http.Headers.ContainsKey("Transfer-Encoding");
        }

        var end = contentType.IndexOf(';');
        var mediaType = (end < 0 ? contentType : contentType[..end]).Trim();
        return mediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads to the end, or just past the limit.</summary>
    /// <param name="parameters">Null for a body that counts for the signature only.</param>
    private static async ValueTask<byte[]> ReadBodyAsync(HttpRequest http, List<KeyValuePair<string, string>>? parameters, CancellationToken cancellationToken)
    {
        if (http.ContentLength > RequestLimits.MaxBody)
        {
            throw new WireException(RequestErrors.BodyTooLarge);
        }

        while (true)
        {
            var read = await http.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > RequestLimits.MaxBody)
            {
                http.BodyReader.AdvanceTo(read.Buffer.End);
                throw new WireException(RequestErrors.BodyTooLarge);
            }

            if (read.IsCompleted)
            {
                try
                {
                    return TakeIn(read.Buffer, parameters);
                }
                finally
                {
                    http.BodyReader.AdvanceTo(read.Buffer.End);
                }
            }

            http.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static byte[] TakeIn(ReadOnlySequence<byte> body, List<KeyValuePair<string, string>>? parameters)
    {
        if (body.IsEmpty)
        {
            return EmptyHash;
        }

        // One segment is the rule: a body over 4 KiB may have several.
        var bytes = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        if (parameters is not null)
        {
            ParameterParser.Parse(bytes, parameters);
        }

        return SHA256.HashData(bytes);
    }
}
