using Grpc.Core;

namespace CloudLb.Tests.GrpcHealth;

/// <summary>The service itself: all is well, or else a status that is set here, after a message's worth of head or without one.</summary>
public sealed class HealthService(HealthServiceState state) : HealthMethods
{
    // HealthCheckResponse: its status is SERVING.
    private static readonly byte[] _serving = [8, 1];

    public override async Task<byte[]> Check(byte[] request, ServerCallContext context)
    {
        Interlocked.Increment(ref state.Checks);
        if (state.Status == StatusCode.OK)
        {
            return request.Length == 0 ? _serving : throw new RpcException(new(StatusCode.InvalidArgument, "a service is asked for"));
        }

        // The head goes out by itself then, and the status comes in trailers.
        await context.WriteResponseHeadersAsync([]);
        throw new RpcException(new(state.Status, "not well"));
    }
}
