using System.Reflection;

namespace CloudLb.Tests.Unit.Architecture;

/// <summary>
/// The rooms of one assembly from the bottom up, and whom each may know: only rooms that stand before it. A room is named after its
/// namespace below the assembly's own.
/// </summary>
internal sealed class RoomMap(Assembly assembly, (string Room, string[] Known)[] rooms)
{
    /// <summary>The room above all others: it may know each of them, and none may know it.</summary>
    public const string Top = "Top";

    /// <summary>
    /// Names the room of a type that stands in the assembly's own namespace. Null, as for all of them where nothing is said, is no room:
    /// such a type is known to all.
    /// </summary>
    public Func<Type, string?> AtRoot { get; init; } = _ => null;

    /// <summary>Whether a room within a room is a part of it, and not one of its own.</summary>
    public bool IsOuterOnly { get; init; }

    /// <summary>What is not as listed, a line each: an arrow that nobody listed, and a listed one that is not there.</summary>
    public IReadOnlyList<string> Differences()
    {
        var known = assembly.GetTypes()
            .SelectMany(type => TypeReferences.Of(type).Select(other => (From: RoomOf(type), To: RoomOf(other), By: type)))
            .Where(arrow => arrow.From is not (null or Top) && arrow.To is not null && arrow.From != arrow.To)
            .ToLookup(arrow => $"{arrow.From} -> {arrow.To}", arrow => arrow.By.FullName);
        var listed = rooms.SelectMany(room => room.Known.Select(other => $"{room.Room} -> {other}")).ToHashSet();
        var unlisted = known.Where(arrow => !listed.Contains(arrow.Key))
            .Select(arrow => $"{arrow.Key}: {string.Join(", ", arrow.Distinct())}");
        var gone = listed.Where(arrow => !known.Contains(arrow)).Select(arrow => $"{arrow} is listed and not there");
        return [.. unlisted.Concat(gone).Order()];
    }

    /// <summary>The listed arrows that go up, or to a room that is not listed.</summary>
    public IEnumerable<string> ArrowsUp()
    {
        var order = rooms.Select(room => room.Room).ToList();
        return rooms.SelectMany(room => room.Known
            .Where(known => order.IndexOf(known) < 0 || order.IndexOf(known) >= order.IndexOf(room.Room))
            .Select(known => $"{room.Room} -> {known}"));
    }

    private string? RoomOf(Type type)
    {
        var (space, root) = (type.Namespace ?? "", assembly.GetName().Name!);
        if (!space.StartsWith(root + ".", StringComparison.Ordinal))
        {
            return space == root ? AtRoot(type) : null;
        }

        var room = space[(root.Length + 1)..];
        return IsOuterOnly ? room.Split('.')[0] : room;
    }
}
