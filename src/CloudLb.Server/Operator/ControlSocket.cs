using CloudLb.Core;

namespace CloudLb.Server.Operator;

/// <summary>Where the running server answers operators: a Unix socket that its own user alone can open.</summary>
internal static class ControlSocket
{
    private const string Name = "control.sock";

    public static string PathFor(string dataDirectory) => Path.Combine(SocketDirectory.For(dataDirectory), Name);
}
