using Grpc.Core;

namespace CloudLb.Tests.GrpcHealth;

/// <summary>The one method of gRPC's health service that checks use. Its messages are taken as bytes.</summary>
[BindServiceMethod(typeof(HealthMethods), nameof(Bind))]
public abstract class HealthMethods
{
    public const string Path = "/grpc.health.v1.Health/Check";

    private static readonly Method<byte[], byte[]> _checkMethod =
        new(MethodType.Unary, "grpc.health.v1.Health", nameof(Check), Bytes, Bytes);

    private static Marshaller<byte[]> Bytes => Marshallers.Create(bytes => bytes, bytes => bytes);

    public static void Bind(ServiceBinderBase binder, HealthMethods? service)
    {
        _ = service;
        binder.AddMethod(_checkMethod, (UnaryServerMethod<byte[], byte[]>?)null!);
    }

    public abstract Task<byte[]> Check(byte[] request, ServerCallContext context);
}
