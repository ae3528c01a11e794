using System.Net;
using CloudLb.Cli;
using CloudLb.Core;
using CloudLb.Server.Settings;

namespace CloudLb.Server.PoolAddresses;

/// <summary>
/// What the holder of addresses goes by: one file of settings that nobody but root, or itself, can change. Whoever asks it has no say.
/// </summary>
/// <param name="Interface">Where addresses are put.</param>
/// <param name="Pools">Which addresses.</param>
/// <param name="Socket">Where it is asked.</param>
/// <param name="DataDirectory">Whose owner may ask, as may root.</param>
internal sealed record HolderSettings(string Interface, IReadOnlyList<IPNetwork> Pools, string Socket, string DataDirectory)
{
    private const UnixFileMode ByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <exception cref="CommandException">There are none that can be gone by.</exception>
    public static HolderSettings Read(string file)
    {
        if (FileStatus.Of(file, follow: true) is not { } status
            || (status.Owner != 0 && status.Owner != FileStatus.CurrentUser) || (status.Permissions & ByOthers) != 0)
        {
            throw new CommandException($"{file} must be there, be root's, and no one else's to write.");
        }

        var server = new ServerOptions();
        var addresses = new PoolAddressOptions();
        try
        {
            var configuration = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(file), optional: false).Build();
            configuration.GetSection(ServerOptions.Section).Bind(server);
            configuration.GetSection(PoolAddressOptions.Section).Bind(addresses);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException or IOException
            or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be read: {exception.Message}");
        }

        if (!PoolAddressOptions.IsInterface(addresses.Interface))
        {
            throw new CommandException($"{file} names no interface ({PoolAddressOptions.Section}:Interface).");
        }

        var pools = server.AllAddressNetworks.ToList();
        return pools.Count > 0 && pools.All(pool => IPNetwork.TryParse(pool, out _))
            ? new(addresses.Interface!, [.. pools.Select(IPNetwork.Parse)], addresses.Socket, server.DataDirectory)
            : throw new CommandException($"{file} has no pool of addresses (CloudLb:AddressPool), or one that is no network.");
    }
}
