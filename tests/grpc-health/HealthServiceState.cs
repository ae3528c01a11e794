using Grpc.Core;

namespace CloudLb.Tests.GrpcHealth;

/// <summary>What a <see cref="HealthService"/> answers, and how often it was asked.</summary>
public sealed class HealthServiceState
{
    public int Checks;

    public volatile StatusCode Status;
}
