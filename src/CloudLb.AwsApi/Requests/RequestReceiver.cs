using System.Net;
using System.Security.Cryptography;
using System.Text;
using CloudLb.AwsApi.Protocols.Query;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.Requests;

/// <summary>Takes a request in, in two steps: what stands before the body, and the body once that is found worth reading.</summary>
internal sealed class RequestReceiver(BodyRoom room, ReceivingOptions options, TimeProvider clock)
{
    private static readonly byte[] EmptyHash = SHA256.HashData([]);

    /// <summary>The request without its body.</summary>
    /// <param name="http">Of which no body was read.</param>
    /// <param name="target">What its head says, if it is a call in JSON or CBOR.</param>
    public static ReceivedRequest Receive(HttpRequest http, RpcTarget? target)
    {
        var isPost = HttpMethods.IsPost(http.Method);
        if (target is not null && !isPost)
        {
            return new ReceivedRequest { Refusal = HttpRefusal.Unreadable, Error = RequestErrors.NotPosted };
        }

        if (!isPost && !HttpMethods.IsGet(http.Method))
        {
            return new ReceivedRequest { Refusal = HttpRefusal.Redirect };
        }

        if (isPost && target is null && !IsForm(http))
        {
            return new ReceivedRequest { Refusal = HttpRefusal.NotAForm };
        }

        try
        {
            var query = http.QueryString is { HasValue: true, Value: var text } ? Encoding.UTF8.GetBytes(text[1..]) : [];
            ParameterScan.Check(query);
            if (http.ContentLength > RequestLimits.MaxBody)
            {
                return new ReceivedRequest { Refusal = HttpRefusal.Unreadable, Error = RequestErrors.BodyTooLarge };
            }

            var request = new ApiRequest(query, target);
            return !isPost && request.Action is null
                ? new ReceivedRequest { Refusal = HttpRefusal.Redirect }
                : new ReceivedRequest { Request = request };
        }
        catch (WireException exception)
        {
            return new ReceivedRequest { Refusal = HttpRefusal.Unreadable, Error = exception.Error };
        }
    }

    /// <summary>Whether what was not read of the body is little enough to be passed over, so that the connection can be kept.</summary>
    public static bool HasSmallBody(HttpRequest http) => HasNoBody(http) || http.ContentLength <= RequestLimits.SmallBody;

    /// <summary>The whole body, of which nothing is kept after the room that it has was given back, unless its signature held.</summary>
    /// <returns>The room; null for a body that needs none.</returns>
    /// <exception cref="WireException">It is too large, too slow, or wrongly framed or encoded, or there is no room for it.</exception>
    public async ValueTask<BodyLease?> ReadBodyAsync(HttpContext context, ApiRequest request)
    {
        var http = context.Request;
        if (HasNoBody(http))
        {
            Add(http, request, default);
            return null;
        }

        return await ReadAsync(context, request, (int?)http.ContentLength ?? RequestLimits.MaxBody)
            ?? throw new WireException(RequestErrors.BodyTooLarge);
    }

    /// <summary>
    /// The body of a request that will be refused whatever it says, if it is small: some of its faults are told first, and it names the
    /// service.
    /// </summary>
    /// <exception cref="WireException">It is too slow, or wrongly framed or encoded.</exception>
    public async ValueTask ReadSmallBodyAsync(HttpContext context, ApiRequest request)
    {
        var http = context.Request;
        if (HasNoBody(http))
        {
            Add(http, request, default);
        }
        else if (http.ContentLength is null or <= RequestLimits.SmallBody)
        {
            using var lease = await ReadAsync(context, request, (int?)http.ContentLength ?? RequestLimits.SmallBody);
        }
    }

    /// <summary>A POST without any body may leave the type out: its parameters stand in the query string.</summary>
    private static bool IsForm(HttpRequest http)
    {
        var contentType = http.ContentType.AsSpan();
        if (contentType.IsEmpty)
        {
            return HasNoBody(http);
        }

        var end = contentType.IndexOf(';');
        var mediaType = (end < 0 ? contentType : contentType[..end]).Trim();
        return mediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
    }

    private static bool HasNoBody(HttpRequest http) => http.ContentLength is null or 0 && !http.Headers.ContainsKey("Transfer-Encoding");

    /// <exception cref="WireException">It is wrongly encoded.</exception>
    private static void Add(HttpRequest http, ApiRequest request, ReadOnlyMemory<byte> body)
    {
        var isForm = HttpMethods.IsPost(http.Method) && request.Target is null && !CompressedBody.IsIn(http);
        if (isForm)
        {
            ParameterScan.Check(body.Span);
        }

        request.AddBody(body, isForm, body.IsEmpty ? EmptyHash : Sha256.Hash(body.Span));
    }

    /// <returns>Null for a body of an untold length that is longer than that.</returns>
    private async ValueTask<BodyLease?> ReadAsync(HttpContext context, ApiRequest request, int length)
    {
        var source = context.Connection.RemoteIpAddress ?? IPAddress.None;
        BodyLease? lease = null;
        var isKept = false;
        try
        {
            // One that has come with its head, nearly every one, needs nothing that could end a wait.
            if (context.Request.ContentLength <= RequestLimits.SmallBody && RequestBody.TryRead(context.Request, length, out var whole))
            {
                lease = room.TakeSmall(length, source);
                Add(context.Request, request, whole);
                isKept = true;
                return lease;
            }

            using var late = new CancellationTokenSource(options.BodyTimeout, clock);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
            lease = await room.TakeAsync(length, source, stop.Token);
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, lease.Displaced);
            if (await RequestBody.ReadAsync(context.Request, length, cut.Token) is { } body)
            {
                Add(context.Request, request, body);
                isKept = true;
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new WireException(
                lease is null || lease.Displaced.IsCancellationRequested ? RequestErrors.NoRoom : RequestErrors.BodyTooSlow);
        }
        catch (BadHttpRequestException exception)
        {
            throw new WireException(RequestErrors.Of(exception));
        }
        finally
        {
            if (!isKept)
            {
                // What is left of it is not waited for.
                lease?.Dispose();
                context.Response.Headers.Connection = "close";
            }
        }

        return isKept ? lease : null;
    }
}
