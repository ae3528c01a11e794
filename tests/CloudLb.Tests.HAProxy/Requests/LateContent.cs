using System.Net;

namespace CloudLb.Tests.HAProxy;

/// <summary>A body that comes some time after the head.</summary>
internal sealed class LateContent(int length) : HttpContent
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(200);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.FlushAsync(TestContext.Current.CancellationToken);
        await Task.Delay(Late, TestContext.Current.CancellationToken);
        await stream.WriteAsync(new byte[length], TestContext.Current.CancellationToken);
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return true;
    }
}
