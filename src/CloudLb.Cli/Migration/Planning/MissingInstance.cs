namespace CloudLb.Cli.Migration.Planning;

/// <summary>What to do about an instance id that is not known here.</summary>
internal static class MissingInstance
{
    public static string Text(string id) =>
        $"The inventory does not know it: put it into inventory.json, or say where it is with --map {id}=ADDRESS, and import again.";
}
