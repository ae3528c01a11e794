using CloudLb.AwsApi.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CloudLb.AwsApi.Foreign;

/// <summary>
/// Takes in the bodies of foreign calls, so that nothing of one goes anywhere before all of it is known to be what was signed.
/// </summary>
/// <remarks>
/// What the signature covers is read to its end first, and compared. A body of which the signer has said that the signature says nothing of
/// it streams.
/// </remarks>
internal sealed class ForeignBodies(TimeProvider clock, IUpstream? upstream = null)
{
    /// <summary>
    /// Long bodies that are read at once although nobody knows yet whether their signature is good: with 70 MiB each, they fill 1 GiB
    /// of disk.
    /// </summary>
    private const int MaxUnverified = 16;

    /// <summary>For such a body: 70 MiB in a minute are 10 Mbit/s.</summary>
    private static readonly TimeSpan UnverifiedTimeout = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _unverified = new(MaxUnverified);

    private long Limit => upstream?.MaxBody ?? RequestLimits.MaxBody;

    /// <summary>Reads a body whose hash the signature needs. The caller's key is known by now, no more.</summary>
    /// <exception cref="WireException">It is too long or too slow, or there are too many of them.</exception>
    public async Task<SpooledBody> ReadUnverifiedAsync(HttpContext context)
    {
        var hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false;
        if (!hasBody || context.Request.ContentLength is <= RequestLimits.MaxBody)
        {
            return await ReadAsync(context, new BoundedBody(context.Request.Body), context.RequestAborted);
        }

        if (!_unverified.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            throw new WireException(RequestErrors.TooManyBodies);
        }

        try
        {
            using var timeout = new CancellationTokenSource(UnverifiedTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
            try
            {
                return await ReadAsync(context, new BoundedBody(context.Request.Body), either.Token);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested)
            {
                throw new WireException(RequestErrors.BodyTooSlow);
            }
        }
        finally
        {
            _unverified.Release();
        }
    }

    /// <summary>What is passed on of a request whose signature was good.</summary>
    /// <param name="read">The body, where the signature needed it.</param>
    /// <exception cref="WireException">The body is not the one that was signed, or too long.</exception>
    public async Task<VerifiedBody> VerifyAsync(HttpContext context, ForeignSignature signature, SpooledBody? read)
    {
        var payload = signature.Payload;
        if (read is not null)
        {
            return VerifiedBody.Whole(read);
        }

        if (payload.IsUnsigned)
        {
            CheckLength(context);
            return new VerifiedBody
            {
                Stream = new BoundedBody(context.Request.Body, Limit), Length = context.Request.ContentLength, Payload = payload.Text!,
            };
        }

        if (payload.IsHash)
        {
            var spooled = await ReadAsync(context, new BoundedBody(context.Request.Body), context.RequestAborted);
            if (!payload.IsHashOf(spooled))
            {
                await spooled.DisposeAsync();
                throw new WireException(RequestErrors.OtherBody);
            }

            return VerifiedBody.Whole(spooled);
        }

        return upstream!.TakesUnchanged(signature.Caller)
            ? await VerifyChunksAsync(context, signature)
            : await UnchunkAsync(context, signature);
    }

    private async Task<VerifiedBody> UnchunkAsync(HttpContext context, ForeignSignature signature)
    {
        var chunks = new SignedChunks(new BoundedBody(context.Request.Body), signature);
        var spooled = await ReadAsync(context, chunks, context.RequestAborted);
        return VerifiedBody.Whole(spooled) with { Trailers = chunks.Trailers, IsUnchunked = true };
    }

    /// <summary>The chunks stay as they are, once all their signatures are known to be good.</summary>
    private async Task<VerifiedBody> VerifyChunksAsync(HttpContext context, ForeignSignature signature)
    {
        var raw = await ReadAsync(context, new BoundedBody(context.Request.Body), context.RequestAborted);
        try
        {
            await new SignedChunks(raw.Stream, signature).CopyToAsync(Stream.Null, context.RequestAborted);
            raw.Stream.Position = 0;
            return VerifiedBody.Whole(raw) with { Payload = signature.Payload.Text! };
        }
        catch
        {
            await raw.DisposeAsync();
            throw;
        }
    }

    private async Task<SpooledBody> ReadAsync(HttpContext context, Stream source, CancellationToken cancellationToken)
    {
        CheckLength(context);
        return await SpooledBody.ReadAsync(source, Limit, upstream?.SpoolDirectory, cancellationToken);
    }

    /// <summary>Refuses what says of itself that it is too long; what does not is counted while it is read.</summary>
    private void CheckLength(HttpContext context)
    {
        if (context.Request.ContentLength > Limit)
        {
            throw new WireException(RequestErrors.LongerThan(Limit));
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }
    }
}
