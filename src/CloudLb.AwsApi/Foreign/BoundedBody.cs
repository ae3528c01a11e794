using CloudLb.AwsApi.Requests;
using Microsoft.AspNetCore.Http;

namespace CloudLb.AwsApi.Foreign;

/// <summary>A body as it comes from a client, up to a bound. Kestrel's own bound counts what frames the chunks as well.</summary>
internal sealed class BoundedBody(Stream source, long limit = long.MaxValue) : ForwardStream
{
    private long _read;

    /// <exception cref="BadHttpRequestException">
    /// It is longer than that; as Kestrel has it, with the status 413. Or it is wrongly framed.
    /// </exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        try
        {
            count = await source.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (RequestErrors.IsFraming(exception))
        {
            throw new BadHttpRequestException(exception.Message, exception);
        }

        _read += count;
        return _read > limit ? throw new BadHttpRequestException("The body is too long.", StatusCodes.Status413PayloadTooLarge) : count;
    }
}
