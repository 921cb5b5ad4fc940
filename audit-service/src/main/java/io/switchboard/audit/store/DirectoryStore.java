package io.switchboard.audit.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A directory as a store. Its file system must know hard links, as Linux's own and NFS do: they alone never replace a file. */
final class DirectoryStore implements ObjectStore {
    private final Path root;

    /** Makes the directory if it is missing. */
    DirectoryStore(Path root) {
        try {
            makeFolders(root);
            this.root = root.toRealPath();
        } catch (IOException e) {
            throw new StoreFailure("The directory " + root + " cannot be used: " + reason(e), e);
        }
    }

    @Override
    public boolean putIfAbsent(String name, byte[] content) {
        var file = path(ObjectName.checked(name));
        try {
            var folder = file.getParent();
            makeFolders(folder);
            inside(folder);
            var written = folder.resolve(".new-" + UUID.randomUUID());
            try {
                write(written, content);
                Files.createLink(file, written); // whole, or not at all
            } finally {
                Files.deleteIfExists(written);
            }
            sync(folder);
            return true;
        } catch (FileAlreadyExistsException there) {
            return false;
        } catch (IOException | UnsupportedOperationException e) {
            throw failed("write", name, e);
        }
    }

    @Override
    public byte @Nullable [] get(String name) {
        var file = path(ObjectName.checked(name));
        try {
            inside(file.getParent());
            if (Files.isSymbolicLink(file)) {
                throw new IOException("it is a link");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException e) {
            throw failed("read", name, e);
        }
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
        var found = new ArrayList<String>();
        try {
            collect(ObjectName.checkedFolder(prefix), after, limit, found);
        } catch (IOException e) {
            throw failed("list", prefix, e);
        }
        return found;
    }

    @Override
    public void delete(String name) {
        var file = path(ObjectName.checked(name));
        try {
            inside(file.getParent());
            if (Files.deleteIfExists(file)) {
                sync(file.getParent());
            }
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException e) {
            throw failed("delete", name, e);
        }
    }

    @Override
    public void close() {}

    private Path path(String name) {
        return root.resolve(name);
    }

    /** A folder that is a link may lead anywhere. */
    private void inside(Path folder) throws IOException {
        if (!folder.toRealPath().equals(folder)) {
            throw new IOException("its folder is a link");
        }
    }

    /** Folders among the files by their name and a slash, as their files' names are. */
    private void collect(String folder, String after, int limit, List<String> found) throws IOException {
        for (var name : children(folder)) {
            if (found.size() == limit) {
                return;
            }
            if (!name.endsWith("/")) {
                if (name.compareTo(after) > 0) {
                    found.add(name);
                }
            } else if (name.compareTo(after) > 0 || after.startsWith(name)) {
                collect(name, after, limit, found);
            }
        }
    }

    private List<String> children(String folder) throws IOException {
        var names = new ArrayList<String>();
        try (var entries = Files.newDirectoryStream(path(folder), entry -> !isHidden(entry))) {
            for (var entry : entries) {
                var isFolder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
                if (isFolder || Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    names.add(folder + entry.getFileName() + (isFolder ? "/" : ""));
                }
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        names.sort(Comparator.naturalOrder());
        return names;
    }

    private static boolean isHidden(Path entry) {
        return entry.getFileName().toString().startsWith(".");
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content);
        sync(file);
    }

    private static void makeFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var parent = folder.toAbsolutePath().getParent();
        makeFolders(parent);
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException another) {
            if (!Files.isDirectory(folder)) {
                throw new IOException(folder + " is no directory", another);
            }
        }
        sync(parent);
    }

    /** A folder's entries are as durable as the folder. */
    private static void sync(Path fileOrFolder) throws IOException {
        try (var channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static StoreFailure failed(String verb, String name, Exception e) {
        return new StoreFailure("The directory did not " + verb + " " + name + ": " + reason(e), e);
    }

    private static String reason(Exception e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage());
    }
}
